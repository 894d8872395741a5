using System.Collections.Frozen;

namespace RtpProxy.Protocols.Rtpp.Statistics;

/// <summary>The two directions between values and their names on the wire.</summary>
internal sealed class WireNames<T>(params (T Value, string Name)[] names)
    where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> _values =
        names.ToFrozenDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    private readonly FrozenDictionary<T, string> _names =
        names.ToFrozenDictionary(pair => pair.Value, pair => pair.Name);

    public IReadOnlyList<T> All { get; } = [.. names.Select(pair => pair.Value)];

    public bool TryParse(string name, out T value) => _values.TryGetValue(name, out value);

    public string Text(T value) => _names[value];
}
