"""Objects that several nouns share: pictures, people, credits."""

from feeds.schemas.fields import Day, Email, Url
from feeds.schemas.shape import Shape
from feeds.schemas.words import Line, Title


class Image(Shape):
    url = Url(required=True)
    alt = Line()
    credit = Line()


class Logo(Shape):
    url = Url(required=True)
    alt = Line()


class Person(Shape):
    """Someone who organises or publishes."""

    name = Line()
    email = Email()
    url = Url()


class Contact(Person):
    phone = Line(longest=50)


class SourceCredit(Shape):
    """A credit line: where a text comes from."""

    text = Title(required=True)
    url = Url()
    retrieved_on = Day()
