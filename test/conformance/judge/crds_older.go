//go:build older

package main

import "istio.io/istio/pkg/config/crd"

// readCRDs as Istio offered it up to 1.30.
func readCRDs(file string) (*crd.Validator, error) {
	return crd.NewValidatorFromFiles(file)
}
