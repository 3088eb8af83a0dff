//go:build !older

package main

import "istio.io/istio/pkg/config/crd"

// readCRDs trusts the definitions: judging them, too, takes seconds.
func readCRDs(file string) (*crd.Validator, error) {
	return crd.NewValidatorFromFilesWithOptions([]string{file}, crd.WithoutCRDValidation())
}
