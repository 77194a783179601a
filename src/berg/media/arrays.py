"""Numbers in bulk: what arrays of pixels, samples and coefficients hold."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Bytes: TypeAlias = npt.NDArray[np.uint8]
"""0 to 255: pixels, planes, masks."""
Reals: TypeAlias = npt.NDArray[np.float32]
"""Single precision, for what is computed on whole pictures and films."""
Doubles: TypeAlias = npt.NDArray[np.float64]
"""Double precision, where small differences decide."""
