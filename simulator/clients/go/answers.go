package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// plain is a decoded value as it stands in JSON.
func plain(value any) (any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var result any
	err = json.Unmarshal(text, &result)
	return result, err
}

// declared are the members that the library declares of a structure.
func declared(kind reflect.Type) []string {
	for kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	if kind.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for index := range kind.NumField() {
		name, _, _ := strings.Cut(kind.Field(index).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// same says which member that the library declares was not decoded as it was answered.
func same(names []string, decoded, answer any) error {
	is, _ := decoded.(map[string]any)
	was, isObject := answer.(map[string]any)
	if !isObject {
		return fmt.Errorf("%v is no object", answer)
	}
	for _, name := range names {
		if was[name] != nil && !empty(was[name]) && !equal(is[name], was[name]) {
			return fmt.Errorf("%s is %v where %v was answered", name, is[name], was[name])
		}
	}
	return nil
}

// empty values are left out by the library when it writes what it has decoded.
func empty(value any) bool {
	switch value := value.(type) {
	case string:
		return value == ""
	case bool:
		return !value
	case float64:
		return value == 0
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	}
	return value == nil
}

// equal values are the same whether numbers and truths stand as texts or not, and however a moment is written.
func equal(one, other any) bool {
	if left, ok := one.(map[string]any); ok {
		right, ok := other.(map[string]any)
		for name, value := range left {
			ok = ok && (value == nil || equal(value, right[name]))
		}
		return ok
	}
	if left, ok := one.([]any); ok {
		right, ok := other.([]any)
		if !ok || len(left) != len(right) {
			return false
		}
		for index, value := range left {
			if !equal(value, right[index]) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(one, other) || normal(one) == normal(other)
}

func normal(value any) string {
	text := fmt.Sprint(value)
	if number, err := strconv.ParseFloat(text, 64); err == nil {
		return strconv.FormatFloat(number, 'g', -1, 64)
	}
	for _, form := range []string{time.RFC3339, time.RFC1123Z} {
		if moment, err := time.Parse(form, text); err == nil {
			return moment.UTC().Format(time.RFC3339)
		}
	}
	return text
}
