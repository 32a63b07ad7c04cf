"""Markup that tries to run a script: tags, times disguises, times what they call."""

from itertools import product

RUN = "window.ran=1"
_HANDLERS = (
    '<img src="x" onerror="{run}">',
    "<img src=x onerror={run}>",
    '<svg onload="{run}"></svg>',
    '<body onload="{run}">',
    '<p onmouseover="{run}">p</p>',
    '<a href="https://example.org/" onclick="{run}">a</a>',
    '<details open ontoggle="{run}">d</details>',
    '<video src="x" onerror="{run}"></video>',
    '<audio src="x" onerror="{run}"></audio>',
    '<input autofocus onfocus="{run}">',
    '<marquee onstart="{run}">m</marquee>',
    '<math><mtext onclick="{run}">m</mtext></math>',
    '<table background="x" onload="{run}"><tr><td>t</td></tr></table>',
)
_SCRIPTS = (
    "<script>{run}</script>",
    '<script type="module">{run}</script>',
    '<script src="data:text/javascript,{run}"></script>',
    "<svg><script>{run}</script></svg>",
    "<math><script>{run}</script></math>",
    "<noscript><p title='</noscript><script>{run}</script>'></p></noscript>",
    "<style><!--</style><script>{run}</script>--></style>",
    "<textarea></textarea><script>{run}</script>",
    "<title></title><script>{run}</script>",
    "<template><script>{run}</script></template>",
    "<!--><script>{run}</script>-->",
    "]]><script>{run}</script>",
    "<scr<script>ipt>{run}</scr</script>ipt>",
    '<iframe srcdoc="&lt;script&gt;parent.{run}&lt;/script&gt;"></iframe>',
    '<object data="data:text/html,<script>{run}</script>"></object>',
    '<embed src="data:text/html,<script>{run}</script>">',
    "<form action='javascript:{run}'><button>b</button></form>",
    "<style>p{{background:url(javascript:{run})}}</style>",
    '<link rel="stylesheet" href="javascript:{run}">',
    '<meta http-equiv="refresh" content="0;url=javascript:{run}">',
    '<base href="javascript:{run}//">',
)
_PLACES = (
    '<a href="{url}">a</a>',
    '<img src="{url}">',
    '<blockquote cite="{url}">q</blockquote>',
    '<iframe src="{url}"></iframe>',
    '<img srcset="{url} 2x" src="{url}">',
    '<video poster="{url}" src="{url}"></video>',
    '<p style="background:url({url})">p</p>',
    '<svg><a xlink:href="{url}"><text>t</text></a></svg>',
)
_URLS = (
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    " javascript:{run}",
    "java\tscript:{run}",
    "java\nscript:{run}",
    "\x01javascript:{run}",
    "&#106;avascript:{run}",
    "&#x6A;avascript&colon;{run}",
    "vbscript:{run}",
    "data:text/html,<script>{run}</script>",
)
_DISGUISES = ("{}", "<p>{}", "<b><i>{}", "&lt;{}")

PAYLOADS = [
    *(
        disguise.replace("{}", one.format(run=RUN))
        for one, disguise in product((*_HANDLERS, *_SCRIPTS), _DISGUISES)
    ),
    *(place.format(url=url.format(run=RUN)) for place, url in product(_PLACES, _URLS)),
]
