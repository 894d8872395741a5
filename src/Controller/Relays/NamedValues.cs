using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Controller.Relays;

/// <summary>Values by name, in the order in which the node named them.</summary>
/// <remarks>Filled by one owner, then only read.</remarks>
internal sealed class NamedValues : IReadOnlyDictionary<string, string>
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, string> _values = [];

    public int Count => _names.Count;

    public IEnumerable<string> Keys => _names;

    public IEnumerable<string> Values => _names.Select(name => _values[name]);

    public string this[string key]
    {
        get => _values[key];
        set
        {
            if (_values.TryAdd(key, value))
            {
                _names.Add(key);
            }
            else
            {
                _values[key] = value;
            }
        }
    }

    public bool ContainsKey(string key) => _values.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => _values.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        _names.Select(name => KeyValuePair.Create(name, _values[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
