package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"istio.io/istio/manifests"
	"istio.io/istio/pkg/config/crd"
)

// admission judges objects as an API server does that has Istio's CRDs: types, unknown fields, CEL rules.
type admission struct {
	validator *crd.Validator
}

// newAdmission reads the CRDs that this version of Istio installs. They are embedded in its module; its reader wants a file.
func newAdmission() (*admission, error) {
	text, err := fs.ReadFile(manifests.BuiltinOrDir(""), "charts/base/files/crd-all.gen.yaml")
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "judge")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "crds.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	validator, err := readCRDs(file)
	if err != nil {
		return nil, err
	}
	return &admission{validator: validator}, nil
}

func (a *admission) judge(object *unstructured.Unstructured) []string {
	// Read anew, because CEL tells integers from floats and sigs.k8s.io/yaml reads all numbers as floats; and the validator fills in defaults.
	text, err := object.MarshalJSON()
	if err != nil {
		return messages(err)
	}
	fresh := &unstructured.Unstructured{}
	if err := fresh.UnmarshalJSON(text); err != nil {
		return messages(err)
	}
	found := messages(a.validator.ValidateCustomResource(fresh))
	if found == nil {
		return []string{}
	}
	return found
}
