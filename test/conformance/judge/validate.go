package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"github.com/hashicorp/go-multierror"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
)

// validate is what `istioctl validate` does with one object, but for one thing: an object of an unknown kind is an error.
func validate(object *unstructured.Unstructured) objectVerdict {
	verdict := objectVerdict{
		APIVersion: object.GetAPIVersion(),
		Kind:       object.GetKind(),
		Namespace:  object.GetNamespace(),
		Name:       object.GetName(),
		Errors:     []string{},
		Warnings:   []string{},
		Admission:  []string{},
	}
	refuse := func(err error) objectVerdict {
		verdict.Errors = append(verdict.Errors, messages(err)...)
		return verdict
	}
	gvk := object.GroupVersionKind()
	schema, known := collections.Pilot.FindByGroupVersionAliasesKind(
		config.GroupVersionKind{Group: gvk.Group, Version: gvk.Version, Kind: gvk.Kind})
	if !known {
		return refuse(fmt.Errorf("unknown kind %s", gvk))
	}
	for key := range object.Object {
		switch key {
		case "apiVersion", "kind", "metadata", "spec", "status":
		default:
			return refuse(fmt.Errorf("unknown field %q", key))
		}
	}
	read, err := convert(schema, object)
	if err != nil {
		return refuse(fmt.Errorf("cannot parse proto message: %w", err))
	}
	warnings, err := schema.ValidateConfig(*read)
	verdict.Warnings = append(verdict.Warnings, messages(warnings)...)
	return refuse(err)
}

func convert(schema resource.Schema, object *unstructured.Unstructured) (*config.Config, error) {
	text, err := json.Marshal(object.Object["spec"])
	if err != nil {
		return nil, err
	}
	spec, err := schema.NewInstance()
	if err != nil {
		return nil, err
	}
	if err := config.ApplyJSONStrict(spec, string(text)); err != nil {
		return nil, err
	}
	namespace := object.GetNamespace()
	if namespace == "" {
		namespace = "default"
	}
	return &config.Config{
		Meta: config.Meta{
			GroupVersionKind: schema.GroupVersionKind(),
			Name:             object.GetName(),
			Namespace:        namespace,
			Labels:           object.GetLabels(),
			Annotations:      object.GetAnnotations(),
		},
		Spec: spec,
	}, nil
}

// messages takes a tree of errors apart; sorted, because Istio walks maps.
func messages(err error) []string {
	if err == nil {
		return nil
	}
	var several *multierror.Error
	if !errors.As(err, &several) {
		return []string{err.Error()}
	}
	var all []string
	for _, one := range several.Errors {
		all = append(all, messages(one)...)
	}
	sort.Strings(all)
	return all
}
