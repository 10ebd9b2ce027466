// Twilio's Go library makes the calls of every product, and decodes what it is answered.
//
// Reads the calls from the file that CALLS names (`cargo xtask clients` writes it), and TWILIO_BASE_URL, TWILIO_ACCOUNT_SID and
// TWILIO_AUTH_TOKEN. The methods are found by reflection: they are named after the operations of Twilio's contract. Each structure
// that the library decodes is held against the answer: encoding/json refuses a member of another type than the declared one, and
// what it gives back must be what was answered. Ends with an exit code other than 0 when anything does not hold.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/twilio/twilio-go"
	"github.com/twilio/twilio-go/client"
)

type argument struct {
	Name  string
	Snake string
	Value any
}

type lists struct {
	Key      string
	Among    []string
	Without  *string
	Alone    bool
	Requests int
}

type call struct {
	ID        int
	Do        string
	Go        string
	Ids       []string
	OfAccount bool `json:"of_account"`
	Arguments []argument
	As        string
	Shows     map[string]any
	Lists     *lists
	Limit     int
	Refused   []*int
	Absent    string
}

// errMissing says that the library does not have it.
var errMissing = errors.New("the library does not have it")

type group struct {
	Product string
	Calls   []call
}

type driver struct {
	client    *twilio.RestClient
	transport *recorder
	known     map[string]any
}

// said gives what a text of the calls stands for.
func (d *driver) said(value any) any {
	switch value := value.(type) {
	case map[string]any:
		result := map[string]any{}
		for name, one := range value {
			result[name] = d.said(one)
		}
		return result
	case []any:
		result := make([]any, len(value))
		for index, one := range value {
			result[index] = d.said(one)
		}
		return result
	case string:
		name, path, isMember := strings.Cut(strings.TrimPrefix(value, "$"), ".")
		known, isKnown := d.known[name]
		if !strings.HasPrefix(value, "$") || !isKnown {
			return value
		}
		if members, ok := known.(map[string]any); ok && isMember {
			return members[path]
		}
		return known
	}
	return value
}

// give puts a value into a place that the library declares, of whatever type that is.
func give(place reflect.Value, value any) error {
	switch place.Kind() {
	case reflect.Pointer:
		place.Set(reflect.New(place.Type().Elem()))
		return give(place.Elem(), value)
	case reflect.String:
		if _, isText := value.(string); !isText {
			text, err := json.Marshal(value)
			if err != nil {
				return err
			}
			value = string(text)
		}
		place.SetString(value.(string))
		return nil
	case reflect.Slice:
		values, isList := value.([]any)
		if !isList {
			values = []any{value}
		}
		place.Set(reflect.MakeSlice(place.Type(), len(values), len(values)))
		for index, one := range values {
			if err := give(place.Index(index), one); err != nil {
				return err
			}
		}
		return nil
	case reflect.Interface:
		place.Set(reflect.ValueOf(value))
		return nil
	}
	text, isText := value.(string)
	_, isTime := place.Addr().Interface().(*time.Time)
	if !isText || isTime {
		written, err := json.Marshal(value)
		if err != nil {
			return err
		}
		text = string(written)
	}
	return json.Unmarshal([]byte(text), place.Addr().Interface())
}

// parameters fills the structure of a method's parameters: each parameter by itself, or the one that is a JSON body.
func (d *driver) parameters(kind reflect.Type, call call) (reflect.Value, error) {
	made := reflect.New(kind.Elem())
	place := made.Elem()
	var unknown []argument
	for _, one := range call.Arguments {
		field := place.FieldByName(exported(one.Name))
		if !field.IsValid() {
			unknown = append(unknown, one)
			continue
		}
		if err := give(field, d.said(one.Value)); err != nil {
			return made, fmt.Errorf("%s: %w", one.Name, err)
		}
	}
	// The library would ask for 50 where nothing is said, more than Verify documents to allow.
	if size := place.FieldByName("PageSize"); size.IsValid() && size.IsNil() {
		if err := give(size, float64(20)); err != nil {
			return made, err
		}
	}
	if limit := place.FieldByName("Limit"); call.Limit > 0 && limit.IsValid() {
		if err := give(limit, float64(call.Limit)); err != nil {
			return made, err
		}
	}
	if len(unknown) == 0 {
		return made, nil
	}
	body := map[string]any{}
	for _, one := range unknown {
		body[one.Name] = d.said(one.Value)
	}
	for index := range place.NumField() {
		kind := place.Field(index).Type()
		isBody := kind.Kind() == reflect.Pointer && (kind.Elem().Kind() == reflect.Struct || kind.Elem().Kind() == reflect.Interface)
		if isBody && len(unknown) == len(call.Arguments) {
			return made, give(place.Field(index), body)
		}
	}
	return made, fmt.Errorf("the library has no %s", unknown[0].Name)
}

// exported is how the library spells the field of a parameter.
func exported(name string) string {
	var words strings.Builder
	for _, word := range strings.FieldsFunc(name, func(letter rune) bool { return strings.ContainsRune("._<>-", letter) }) {
		words.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return words.String()
}

func (d *driver) make(call call) error {
	err := d.perform(call)
	if call.Absent == "" {
		return err
	}
	failed := "fails"
	switch {
	case err == nil:
		return errors.New("is left out, but the library can make the call")
	case errors.Is(err, errMissing):
		failed = "missing"
	}
	if failed != call.Absent {
		return fmt.Errorf("is left out because it is '%s', but it is '%s': %w", call.Absent, failed, err)
	}
	return nil
}

func (d *driver) perform(call call) error {
	service, operation, _ := strings.Cut(call.Go, ".")
	method := reflect.ValueOf(d.client).Elem().FieldByName(service)
	if !method.IsValid() {
		return fmt.Errorf("service %s: %w", service, errMissing)
	}
	if method = method.MethodByName(operation); !method.IsValid() {
		return fmt.Errorf("method %s: %w", operation, errMissing)
	}
	ids := call.Ids
	if call.OfAccount && len(ids) > 0 {
		ids = ids[1:]
	}
	var given []reflect.Value
	for index := range method.Type().NumIn() {
		kind := method.Type().In(index)
		if kind.Kind() == reflect.Pointer {
			parameters, err := d.parameters(kind, call)
			if err != nil {
				return err
			}
			given = append(given, parameters)
			continue
		}
		if len(ids) == 0 {
			return fmt.Errorf("the library wants a further part of the path")
		}
		place := reflect.New(kind).Elem()
		if err := give(place, fmt.Sprint(d.said(ids[0]))); err != nil {
			return err
		}
		given, ids = append(given, place), ids[1:]
	}
	if len(ids) > 0 {
		return fmt.Errorf("the library does not take %v", ids)
	}
	d.transport.answers = nil
	results := method.Call(given)
	err, _ := results[len(results)-1].Interface().(error)
	if call.Refused != nil {
		return d.refused(err, call.Refused)
	}
	if err != nil {
		return err
	}
	if call.Do == "delete" {
		return nil
	}
	return d.answered(call, results[0])
}

func (d *driver) refused(err error, expected []*int) error {
	if err == nil || len(d.transport.answers) == 0 {
		return fmt.Errorf("was not refused, but %v", err)
	}
	answer := d.transport.answers[len(d.transport.answers)-1]
	answered, _ := answer["code"].(float64)
	status, code := *expected[0], int(answered)
	if expected[1] != nil {
		code = *expected[1]
	}
	message, _ := answer["message"].(string)
	if code == 0 || message == "" {
		return fmt.Errorf("refused without a code or a message: %v", answer)
	}
	var standard *client.RestErrorV1
	if errors.As(err, &standard) && standard.Code == code && (standard.HttpStatusCode == status || standard.HttpStatusCode == 0) {
		return nil
	}
	var refusal *client.TwilioRestError
	if !errors.As(err, &refusal) {
		return fmt.Errorf("was not refused, but %v", err)
	}
	info := "https://www.twilio.com/docs/errors/" + strconv.Itoa(code)
	if refusal.Status != status || refusal.Code != code || refusal.MoreInfo != info || refusal.Message != message {
		return fmt.Errorf("refused with %v and not %d/%d", refusal, status, code)
	}
	return nil
}

// answered holds what the library made of the answer against it.
func (d *driver) answered(call call, result reflect.Value) error {
	if len(d.transport.answers) == 0 {
		return errors.New("was not sent")
	}
	decoded, err := plain(result.Interface())
	if err != nil {
		return err
	}
	if call.Do == "list" {
		return d.listed(call, decoded, result.Type().Elem())
	}
	answer := d.transport.answers[len(d.transport.answers)-1]
	if err := same(declared(result.Type()), decoded, answer); err != nil {
		return err
	}
	if call.As != "" {
		d.known[call.As] = answer
	}
	for path, said := range call.Shows {
		value := any(answer)
		for _, name := range strings.Split(path, ".") {
			members, _ := value.(map[string]any)
			value = members[name]
		}
		if expected := d.said(said); !equal(expected, value) {
			return fmt.Errorf("%s is %v and not %v", path, value, expected)
		}
	}
	return nil
}

func (d *driver) listed(call call, decoded any, kind reflect.Type) error {
	var items []any
	for _, answer := range d.transport.answers {
		items = append(items, itemsOf(answer)...)
	}
	if call.Limit > 0 && len(items) > call.Limit {
		items = items[:call.Limit]
	}
	things, _ := decoded.([]any)
	if len(things) != len(items) {
		return fmt.Errorf("%d were answered and %d decoded", len(items), len(things))
	}
	for index, thing := range things {
		if err := same(declared(kind), thing, items[index]); err != nil {
			return err
		}
	}
	if call.Lists == nil {
		return nil
	}
	keys := map[string]bool{}
	for _, item := range items {
		members, _ := item.(map[string]any)
		keys[fmt.Sprint(members[call.Lists.Key])] = true
	}
	if len(keys) != len(items) {
		return errors.New("one is listed twice")
	}
	for _, one := range call.Lists.Among {
		if !keys[fmt.Sprint(d.said(one))] {
			return fmt.Errorf("%v are listed without %v", keys, d.said(one))
		}
	}
	if call.Lists.Alone && len(keys) != len(call.Lists.Among) {
		return fmt.Errorf("%v are listed where %v are expected", keys, call.Lists.Among)
	}
	if without := call.Lists.Without; without != nil && keys[fmt.Sprint(d.said(*without))] {
		return errors.New("what was deleted is listed")
	}
	if len(d.transport.answers) < call.Lists.Requests {
		return fmt.Errorf("%d came in %d pages", len(items), len(d.transport.answers))
	}
	return nil
}

func itemsOf(answer map[string]any) []any {
	if meta, ok := answer["meta"].(map[string]any); ok {
		if key, ok := meta["key"].(string); ok {
			items, _ := answer[key].([]any)
			return items
		}
	}
	for _, value := range answer {
		if items, ok := value.([]any); ok {
			return items
		}
	}
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	text, err := os.ReadFile(os.Getenv("CALLS"))
	if err != nil {
		return err
	}
	var groups []group
	if err := json.Unmarshal(text, &groups); err != nil {
		return err
	}
	account := os.Getenv("TWILIO_ACCOUNT_SID")
	transport := newRecorder(os.Getenv("TWILIO_BASE_URL"))
	through := &client.Client{
		Credentials: client.NewCredentials(account, os.Getenv("TWILIO_AUTH_TOKEN")),
		HTTPClient:  transport.client(),
	}
	through.SetAccountSid(account)
	d := &driver{
		client:    twilio.NewRestClientWithParams(twilio.ClientParams{Client: through}),
		transport: transport,
		known:     map[string]any{"account": account},
	}
	counts, failed := map[string]int{}, 0
	for _, group := range groups {
		for _, call := range group.Calls {
			if err := d.make(call); err != nil {
				failed++
				fmt.Fprintf(os.Stderr, "#%d %s %v: %v\n", call.ID, call.Go, call.Arguments, err)
				if call.As != "" {
					break
				}
				continue
			}
			counts[group.Product]++
		}
	}
	products, passed := []string{}, 0
	for product, count := range counts {
		products = append(products, product)
		passed += count
	}
	sort.Strings(products)
	for _, product := range products {
		fmt.Printf("  %s: %d calls\n", product, counts[product])
	}
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return errors.New("not all calls passed")
	}
	return nil
}
