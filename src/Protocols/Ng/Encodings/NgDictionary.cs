namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>
/// Keys and values in the order in which they were written; of a repeated key the first counts (ng protocol, 2.1). Immutable.
/// Keys are compared as <see cref="Spelling"/> says: blank, hyphen and underscore are one, and so are upper and lower case.
/// </summary>
public sealed class NgDictionary : IEquatable<NgDictionary>
{
    /// <summary>A dictionary without keys.</summary>
    public static readonly NgDictionary Empty = new([]);

    // Below this many keys looking at each of them is faster than hashing.
    private const int IndexedFrom = 24;

    private readonly NgEntry[] _entries;
    private readonly Dictionary<string, int>? _index;

    public NgDictionary(params ReadOnlySpan<NgEntry> entries)
    {
        _entries = entries.ToArray();
        if (entries.Length < IndexedFrom)
        {
            return;
        }

        _index = new Dictionary<string, int>(entries.Length, Spelling.Comparer);
        for (int i = 0; i < entries.Length; i++)
        {
            _index.TryAdd(entries[i].Key, i);
        }
    }

    /// <summary>All entries, repeated keys too.</summary>
    public ReadOnlySpan<NgEntry> Entries => _entries;

    /// <summary>The value of a key; of kind <see cref="NgValueKind.None"/> when there is no such key.</summary>
    public NgValue this[string key] => IndexOf(key) is >= 0 and int index ? _entries[index].Value : default;

    /// <summary>The first entry with this key; -1 when there is none.</summary>
    public int IndexOf(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out int index) ? index : -1;
        }

        for (int i = 0; i < _entries.Length; i++)
        {
            if (Spelling.AreSame(_entries[i].Key, key))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The same keys and values in the same order.</summary>
    public bool Equals(NgDictionary? other) => other is not null && Entries.SequenceEqual(other.Entries);

    public override bool Equals(object? obj) => Equals(obj as NgDictionary);

    public override int GetHashCode() => _entries.Length;
}
