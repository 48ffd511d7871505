"""How far pages reach, without following anybody; what offices owe; what was handed out (FEATURES D16 to D18)."""
