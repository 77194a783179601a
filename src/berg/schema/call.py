"""Call: what one step is told and handed, as one typed noun. A kind of step is declared over it.

    class LayOut(Call):
        frames: Each[int]           # handed: other steps give it, so a line may pass handles
        intro_frames: Given[int]
        fps: Rational               # told: known before anything runs
        target_frames: int

Asking for a step takes the same fields by name, and mypy checks it; where a field is `Given`, its
value or a handle of it. Predicting, and the work itself, are given a `LayOut` whose every field is
a value. What is told and what is handed count apart in recipes and keys, each by its field's name.
"""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, Self, TypeVar, dataclass_transform, get_args, get_origin

from pydantic import create_model

from berg.errors import LineError
from berg.schema._base import Frozen
from berg.schema.handle import Handle

T = TypeVar("T")
_NO_DEFAULT: Any = ...


class Params(Frozen):
    """What a step is told, known before anything runs. Integers, text, rationals; no floats."""


class Inputs(Frozen):
    """What a step is handed: assets and values that other steps gave, once they exist."""


class _Field:
    """A field of a call: read, it is the value."""

    def __init__(self, default: Any = _NO_DEFAULT) -> None:
        self.default = default
        self.name = ""

    def __get__(self, call: Any, owner: type) -> Any:
        return self if call is None else call._value(self.name)

    def __set__(self, call: Any, value: Any) -> None:
        raise AttributeError(f"{self.name}: a call is frozen")


class Given(_Field, Generic[T]):
    """A field that other steps may give: it is asked for with a value, or a handle of one."""

    def __init__(self, default: T = _NO_DEFAULT) -> None:
        super().__init__(default)

    def __get__(self, call: Any, owner: type) -> T:
        value: T = super().__get__(call, owner)
        return value

    def __set__(self, call: Any, value: T | Handle[T]) -> None:
        super().__set__(call, value)


class Each(_Field, Generic[T]):
    """A field of many, each of which another step may give: it is read as a tuple."""

    def __init__(self, default: tuple[T, ...] = _NO_DEFAULT) -> None:
        super().__init__(default)

    def __get__(self, call: Any, owner: type) -> tuple[T, ...]:
        value: tuple[T, ...] = super().__get__(call, owner)
        return value

    def __set__(self, call: Any, value: Handle[tuple[T, ...]] | Sequence[T | Handle[T]]) -> None:
        super().__set__(call, value)


class Parts(_Field, Generic[T]):
    """A field whose own fields other steps may give: it is asked for as a map of them."""

    def __init__(self, default: T = _NO_DEFAULT) -> None:
        super().__init__(default)

    def __get__(self, call: Any, owner: type) -> T:
        value: T = super().__get__(call, owner)
        return value

    def __set__(self, call: Any, value: T | Handle[T] | Mapping[str, Any]) -> None:
        super().__set__(call, value)


@dataclass_transform(kw_only_default=True)
class Call:
    """Subclass it with annotated fields. An instance holds values; steps hold what was asked."""

    told: ClassVar[type[Params]] = Params
    """The fields that a step is told, as a model."""
    handed: ClassVar[type[Inputs]] = Inputs
    """The fields that it is handed."""
    _names_told: ClassVar[frozenset[str]] = frozenset()
    _names_handed: ClassVar[frozenset[str]] = frozenset()
    _needed: ClassVar[frozenset[str]] = frozenset()
    """Names of handed fields without a default. Kept, since this is the spine's inner loop."""
    _told: Any
    _handed: Any

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in inspect.get_annotations(cls):
            if not name.startswith("_"):
                if hasattr(Call, name):
                    raise TypeError(f"{cls.__name__}.{name}: a Call has {name!r} itself; rename it")
                field = cls.__dict__.get(name, _NO_DEFAULT)
                if not isinstance(field, _Field):
                    field = _Field(field)
                field.name = name
                setattr(cls, name, field)

    def __init__(self, **fields: Any) -> None:
        """Raises TypeError for a field that isn't one, ValidationError for what doesn't fit."""
        self.build()
        told, handed = self.split(fields)
        self._told, self._handed = self.told(**told), self.handed(**handed)

    @classmethod
    def of(cls, told: Any, handed: Any) -> Self:
        """The call of what was told and handed, both checked already."""
        call = object.__new__(cls)
        call._told, call._handed = told, handed
        return call

    @classmethod
    def read(cls, told: Any, handed: Any) -> Self:
        """The call that plain data says. Raises ValidationError for what doesn't fit."""
        cls.build()
        return cls.of(cls.told.model_validate(told), cls.handed.model_validate(handed))

    @classmethod
    def split(cls, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Fields as asked for, apart: told, and handed.

        Raises:
            TypeError: one is none of these, or one that is handed is missing.
        """
        names = cls._names_handed
        told = {name: value for name, value in fields.items() if name not in names}
        handed = {name: value for name, value in fields.items() if name in names}
        if not (told.keys() <= cls._names_told and cls._needed <= handed.keys()):
            strange = [f"no field {name!r}" for name in told.keys() - cls._names_told]
            missing = [f"no value for {name!r}" for name in cls._needed - handed.keys()]
            raise TypeError(f"{cls.__name__} has {', '.join(strange + missing)}")
        return told, handed

    @classmethod
    def build(cls) -> None:
        """Make the models of its fields: once, when a kind is declared over it."""
        if "told" not in cls.__dict__:
            told, handed = _fields(cls)
            here: Any = {"__module__": cls.__module__}
            cls.told = create_model(f"{cls.__name__}Params", __base__=Params, **here, **told)
            cls.handed = create_model(f"{cls.__name__}Inputs", __base__=Inputs, **here, **handed)
            cls._names_told, cls._names_handed = frozenset(told), frozenset(handed)
            needed = (name for name, (_, default) in handed.items() if default is _NO_DEFAULT)
            cls._needed = frozenset(needed)

    def fields(self) -> dict[str, Any]:
        """All its fields that were said, by name."""
        told = {name: getattr(self._told, name) for name in self._told.model_fields_set}
        return told | {name: getattr(self._handed, name) for name in self._handed.model_fields_set}

    def _value(self, name: str) -> Any:
        part = self._handed if name in self._names_handed else self._told
        return getattr(part, name)

    def __eq__(self, other: object) -> bool:
        same = type(other) is type(self)
        return same and (self._told, self._handed) == (other._told, other._handed)  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((self._told, self._handed))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._told!r}, {self._handed!r})"


class AsAsked:
    """What was handed, before it exists: values can be read, handles cannot."""

    def __init__(self, kind: type[Inputs], inputs: Mapping[str, Any]) -> None:
        self._kind = kind
        self._inputs = inputs

    def __getattr__(self, name: str) -> Any:
        if name not in self._inputs:
            return self._kind.model_fields[name].default
        value = self._inputs[name]
        if isinstance(value, Handle):
            raise LineError(f"{name} is not known yet: it is another step's to give")
        return value


def _fields(cls: type[Call]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields told and handed, as pydantic takes them, those of bases first."""
    told, handed = dict[str, Any](), dict[str, Any]()
    for base in reversed(cls.__mro__):
        for name, hint in inspect.get_annotations(base, eval_str=True).items():
            field = cls.__dict__.get(name) or getattr(base, name, None)
            if not isinstance(field, _Field):
                continue
            origin: Any = get_origin(hint)
            if origin in (Given, Parts):
                handed[name] = (get_args(hint)[0], field.default)
            elif origin is Each:
                handed[name] = (tuple[get_args(hint)[0], ...], field.default)  # type: ignore[misc]
            else:
                told[name] = (hint, field.default)
    return told, handed
