"""What the CSS of a layout may say. Whatever is not here is refused: a list of the harmless is shorter than one of attacks."""

import re

#: Families of properties: each stands for itself and for everything that begins with it and a hyphen.
FAMILIES = (
    "animation", "aspect-ratio", "background", "border", "box-decoration-break", "box-shadow", "box-sizing", "break", "caption-side",
    "color", "column", "columns", "font", "gap", "grid", "height", "hyphens", "inline-size", "block-size", "line-height",
    "list-style", "margin", "max-height", "max-width", "max-inline-size", "max-block-size", "min-height", "min-width",
    "min-inline-size", "min-block-size", "object-fit", "object-position", "opacity", "outline", "overflow", "padding", "place",
    "quotes", "row-gap", "tab-size", "text", "transition", "width", "white-space", "word-break", "word-spacing", "writing-mode",
)  # fmt: skip
PROPERTIES = frozenset({
    "accent-color", "align-content", "align-items", "align-self", "backdrop-filter", "backface-visibility", "bottom", "clear",
    "clip-path", "container-name", "container-type", "content", "counter-increment", "counter-reset", "counter-set", "cursor", "direction", "display", "empty-cells",
    "filter", "flex", "flex-basis", "flex-direction", "flex-flow", "flex-grow", "flex-shrink", "flex-wrap", "float", "inset",
    "inset-block", "inset-block-end", "inset-block-start", "inset-inline", "inset-inline-end", "inset-inline-start", "isolation",
    "justify-content", "justify-items", "justify-self", "left", "letter-spacing", "mix-blend-mode", "order", "orphans", "overflow-wrap",
    "perspective", "perspective-origin", "position", "right", "rotate", "scale", "scroll-margin-top", "table-layout", "top", "transform",
    "transform-origin", "transform-style", "translate", "vertical-align", "visibility", "widows", "z-index",
})  # fmt: skip
FUNCTIONS = frozenset({
    "attr", "blur", "brightness", "calc", "circle", "clamp", "color-mix", "conic-gradient", "contrast", "counter", "counters",
    "cubic-bezier", "drop-shadow", "ellipse", "fit-content", "grayscale", "hsl", "hsla", "hue-rotate", "hwb", "inset", "invert",
    "lab", "lch", "linear", "linear-gradient", "max", "min", "minmax", "oklab", "oklch", "opacity", "perspective", "polygon",
    "radial-gradient", "repeat", "repeating-conic-gradient", "repeating-linear-gradient", "repeating-radial-gradient", "rgb",
    "rgba", "rotate", "rotatex", "rotatey", "rotatez", "round", "saturate", "scale", "scalex", "scaley", "sepia", "skew",
    "skewx", "skewy", "steps", "translate", "translatex", "translatey", "translatez", "var",
})  # fmt: skip
#: Where an element stands must be said outright: a custom property could hold `fixed`.
POSITIONS = frozenset({"static", "relative", "absolute"})
#: Longer than this in any direction is not layout but an attempt to get out of the box or to hide in it.
FARTHEST = {
    "px": 3000,
    "pt": 2250,
    "rem": 300,
    "em": 300,
    "ch": 300,
    "ex": 300,
    "%": 500,
    "cm": 80,
    "mm": 800,
    "in": 32,
}
FARTHEST_OF_WINDOW = 300
PSEUDO_CLASSES = frozenset({
    "active", "any-link", "empty", "first-child", "first-of-type", "focus", "focus-visible", "focus-within", "hover", "is",
    "lang", "last-child", "last-of-type", "link", "not", "nth-child", "nth-last-child", "nth-last-of-type", "nth-of-type",
    "only-child", "only-of-type", "scope", "visited", "where",
})  # fmt: skip
TAKES_SELECTORS = frozenset({"is", "not", "where"})
PSEUDO_ELEMENTS = frozenset({"after", "before", "first-letter", "first-line", "marker", "selection"})
#: Attributes that tell how something looks; what somebody typed or a token can never be asked for.
ATTRIBUTES = re.compile(r"(?:class|lang|dir|open|alt|rel|href|start|data-[a-z-]+|aria-[a-z-]+)\Z")
OUTSIDE = frozenset({"html", "body", "head", "main", "title", "style", "script", "link", "meta", "base", "form", "input",
                     "textarea", "select", "button", "iframe"})  # fmt: skip
#: Pictures of our own library, which lie on our own address.
OWN_PICTURE = re.compile(r"/media/images/[\w-][\w.-]*\.(?:avif|gif|jpe?g|png|webp)\Z", re.IGNORECASE)


def is_property(name: str) -> bool:
    """Whether a layout may set it."""
    return name in PROPERTIES or any(name == family or name.startswith(f"{family}-") for family in FAMILIES)
