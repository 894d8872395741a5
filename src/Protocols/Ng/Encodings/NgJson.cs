using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>
/// Reads the JSON form of a message (ng protocol, 1.2). A string is the bytes of its UTF-8 text, each as the character of the
/// same number; true and false are 1 and 0; what is null is not there; a fraction is its whole part.
/// </summary>
/// <remarks>Allocation is bounded as in <see cref="Bencode"/>.</remarks>
public static class NgJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = NgLimits.MaxDepth + 1 };

    /// <summary>Reads the object at the start of the bytes; what stands behind it is ignored.</summary>
    /// <param name="error">
    /// <see cref="NgErrors.BadJson"/> for what is not JSON, <see cref="NgErrors.BadJsonDictionary"/> for what is not an object,
    /// or beyond the limits; null when it was read.
    /// </param>
    public static NgDictionary? Read(ReadOnlySpan<byte> bytes, out string? error)
    {
        error = NgErrors.BadJsonDictionary;
        if (bytes.Length > NgLimits.MaxLength)
        {
            return null;
        }

        var reader = new Reader(bytes);
        try
        {
            if (reader.TryRead(out NgValue value) && value.Dictionary is { } dictionary)
            {
                error = null;
                return dictionary;
            }
        }
        catch (JsonException)
        {
            error = NgErrors.BadJson;
        }

        return null;
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        // Entries of all objects that are open, the innermost last; an array's have no key.
        private readonly List<NgEntry> _open = new(32);
        private Utf8JsonReader _json = new(bytes, Options);
        private int _elements;

        public bool TryRead(out NgValue value)
        {
            _json.Read();
            return TryReadValue(depth: 0, out value);
        }

        private bool TryReadValue(int depth, out NgValue value)
        {
            value = default;
            if (++_elements > NgLimits.MaxElements)
            {
                return false;
            }

            switch (_json.TokenType)
            {
                case JsonTokenType.StartObject:
                    return depth < NgLimits.MaxDepth && TryReadObject(depth + 1, out value);
                case JsonTokenType.StartArray:
                    return depth < NgLimits.MaxDepth && TryReadArray(depth + 1, out value);
                case JsonTokenType.String:
                    value = new NgValue(ReadText());
                    return true;
                case JsonTokenType.Number:
                    value = new NgValue(ReadNumber());
                    return true;
                case JsonTokenType.True or JsonTokenType.False:
                    value = new NgValue(_json.TokenType == JsonTokenType.True ? 1 : 0);
                    return true;
                default:
                    return true; // null
            }
        }

        private bool TryReadObject(int depth, out NgValue value)
        {
            value = default;
            int first = _open.Count;
            while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
            {
                string key = ReadText();
                _json.Read();
                if (!TryReadValue(depth, out NgValue item))
                {
                    return false;
                }

                if (item.Kind != NgValueKind.None)
                {
                    _open.Add(new NgEntry(key, item));
                }
            }

            value = new NgValue(_open.Count == first
                ? NgDictionary.Empty
                : new NgDictionary(CollectionsMarshal.AsSpan(_open)[first..]));
            _open.RemoveRange(first, _open.Count - first);
            return true;
        }

        private bool TryReadArray(int depth, out NgValue value)
        {
            value = default;
            int first = _open.Count;
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                if (!TryReadValue(depth, out NgValue item))
                {
                    return false;
                }

                if (item.Kind != NgValueKind.None)
                {
                    _open.Add(new NgEntry(string.Empty, item));
                }
            }

            var items = new NgValue[_open.Count - first];
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = _open[first + i].Value;
            }

            value = new NgValue(ImmutableCollectionsMarshal.AsImmutableArray(items));
            _open.RemoveRange(first, items.Length);
            return true;
        }

        private readonly string ReadText() =>
            _json.ValueIsEscaped ? JsonEscapes.Decode(_json.ValueSpan) : Encoding.Latin1.GetString(_json.ValueSpan);

        private readonly long ReadNumber()
        {
            if (_json.TryGetInt64(out long number))
            {
                return number;
            }

            return _json.TryGetDouble(out double fraction)
                ? (long)Math.Clamp(Math.Truncate(fraction), long.MinValue, long.MaxValue)
                : 0;
        }
    }
}
