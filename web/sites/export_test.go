package sites

import "time"

// SetClock has the directory take its time from now. Call it before it is used.
func (d *Directory) SetClock(now func() time.Time) { d.clock = now }
