package main

import (
	"encoding/json"
	"io"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// timings are seconds of CPU (user and system, of all threads), reading of YAML excluded.
type timings struct {
	Objects  int     `json:"objects"`
	Validate float64 `json:"validate"`
	Analyze  float64 `json:"analyze"`
	// Findings tells that the analysis had something to look at.
	Findings int `json:"findings"`
}

// measure does what `istioctl validate` and `istioctl analyze` do with all objects together.
func measure(in io.Reader, out io.Writer) error {
	return readCases(in, func(name string, documents []*unstructured.Unstructured) error {
		found := timings{}
		started := cpuTime()
		for _, one := range documents {
			if isIstio(one) {
				validate(one)
				found.Objects++
			}
		}
		found.Validate = (cpuTime() - started).Seconds()
		analyzer, err := newAnalyzer(documents)
		if err != nil {
			return err
		}
		started = cpuTime()
		cancel := make(chan struct{})
		defer close(cancel)
		result, err := analyzer.Analyze(cancel)
		if err != nil {
			return err
		}
		found.Analyze = (cpuTime() - started).Seconds()
		found.Findings = len(result.Messages)
		return json.NewEncoder(out).Encode(found)
	})
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
