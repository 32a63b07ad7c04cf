"""Contrast by the colours that Chromium computed, where axe-core can't tell.

Behind a text is what is painted at the middle of each of its lines: everything there,
one over the other. A name on the map has a halo, a number its disc behind it.
"""

from playwright.sync_api import Page

# For any script: a colour over another, how two differ, and what is painted at a point.
COLOURS = """
  const ink = document.createElement('canvas')
    .getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = colour;
    ink.fillRect(0, 0, 1, 1);
    return [...ink.getImageData(0, 0, 1, 1).data];
  };
  const over = (behind, colour) => {
    const [red, green, blue, alpha] = rgba(colour);
    return [red, green, blue]
      .map((one, at) => (one * alpha + behind[at] * (255 - alpha)) / 255);
  };
  const linear = one => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4;
  const luminance = colour => colour.map(one => linear(one / 255))
    .reduce((sum, one, at) => sum + one * [.2126, .7152, .0722][at], 0);
  const contrast = (...pair) => {
    const [low, high] = pair.map(luminance).sort((one, other) => one - other);
    return (high + .05) / (low + .05);
  };
  const canvas = over([255, 255, 255],
    getComputedStyle(document.documentElement).backgroundColor);
  const painted = (x, y) => document.elementsFromPoint(x, y).reverse()
    .reduce((colour, each) => over(colour, getComputedStyle(each).backgroundColor),
      canvas);
"""
# WCAG 2.2, 1.4.3: 3 from 24 px on, or from 18.66 px in bold, else 4.5.
LOW = (
    "paths => {"
    + COLOURS
    + """
  const lines = one => {
    const range = document.createRange();
    return [...one.childNodes]
      .filter(node => node.nodeType === 3 && node.data.trim())
      .flatMap(node => { range.selectNodeContents(node);
        return [...range.getClientRects()]; })
      .filter(box => box.width > 1 && box.height > 1);
  };
  const written = (one, style) => lines(one)
    .map(box => painted(box.x + box.width / 2, box.y + box.height / 2))
    .map(behind => contrast(over(behind, style.color), behind));
  const drawn = (one, style) => {
    const disc = one.parentNode.querySelector('circle:not(.hit), rect');
    const paint = style.stroke === 'none' ? getComputedStyle(disc).fill : style.stroke;
    const behind = over(canvas, paint);
    return [contrast(over(behind, style.fill), behind)];
  };
  return paths.flatMap(path => {
    const one = document.querySelector(path);
    one.scrollIntoView({block: 'center'});
    const style = getComputedStyle(one);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || size >= 18.66 && style.fontWeight >= 700 ? 3 : 4.5;
    const found = (one instanceof SVGElement ? drawn : written)(one, style);
    const worst = Math.min(...found);
    return found.length && worst >= least ? [] : [`${path}: ${worst.toFixed(2)}`];
  });
}"""
)

# WCAG 2.2, 1.4.11: an edge, or else a surface, that stands out from what is around it.
FAINT = (
    "path => {"
    + COLOURS
    + """
  return [...document.querySelectorAll(path)].filter(one => {
    one.scrollIntoView({block: 'center'});
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const around = painted(box.left - 2, box.top + box.height / 2);
    const edge = parseFloat(style.borderTopWidth) && style.borderTopColor;
    const shape = [edge || 'transparent', style.backgroundColor];
    return one.checkVisibility() && Math.max(...shape.map(
      colour => contrast(over(around, colour), around))) < 3;
  }).map(one => one.outerHTML.slice(0, 100));
}"""
)
CONTROLS = "select, button, input:is([type=text], [type=search], [type=date])"


def too_low(page: Page, paths: list[str]) -> list[str]:
    """Return which texts can't be read, or can't be measured: path and contrast."""
    low: list[str] = page.evaluate(LOW, paths)
    return low


def too_faint(page: Page, path: str = CONTROLS) -> list[str]:
    """Return the controls whose shape can't be told from what is around them."""
    faint: list[str] = page.evaluate(FAINT, path)
    return faint
