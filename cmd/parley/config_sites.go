package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"

	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/sites"
)

// Proxies are addresses and ranges of addresses: 192.0.2.7, 10.0.0.0/8.
type Proxies struct {
	prefixes []netip.Prefix
}

// UnmarshalYAML reads a list of them.
func (p *Proxies) UnmarshalYAML(unmarshal func(any) error) error {
	var list []string
	if err := unmarshal(&list); err != nil {
		return err
	}
	for _, text := range list {
		if err := p.add(text); err != nil {
			return err
		}
	}
	return nil
}

// add adds an address or a range.
func (p *Proxies) add(text string) error {
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		var address netip.Addr
		if address, err = netip.ParseAddr(text); err == nil {
			prefix = netip.PrefixFrom(address, address.BitLen())
		}
	}
	if err != nil {
		return fmt.Errorf("trusted_proxies: %q is no address and no range such as 10.0.0.0/8", text)
	}
	p.prefixes = append(p.prefixes, prefix.Masked())
	return nil
}

// MarshalYAML writes them as they are read.
func (p Proxies) MarshalYAML() (any, error) {
	list := make([]string, len(p.prefixes))
	for i, prefix := range p.prefixes {
		list[i] = prefix.String()
	}
	return list, nil
}

// IsZero tells whether there are none.
func (p Proxies) IsZero() bool { return len(p.prefixes) == 0 }

// openKeeper has the sites follow what is chosen for them in the console.
func openKeeper(ctx context.Context, cfg Config, s *storage, directory *sites.Directory, log *slog.Logger) (*sites.Keeper, error) {
	sealer, err := auth.OpenSealer(ctx, s.settings, cfg.Secrets...)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errStorage, err)
	}
	keeper, err := sites.OpenKeeper(ctx, sites.KeeperConfig{Store: s.choices, Directory: directory, Sealer: sealer, Log: log})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errStorage, err)
	}
	return keeper, nil
}
