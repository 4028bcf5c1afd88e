"""What calque costs, measured: whole processes, in CPU seconds and peak memory."""
