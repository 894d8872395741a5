using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>
/// Reads <c>iN e</c>, <c>N:bytes</c>, <c>l...e</c> and <c>d...e</c> (ng protocol, 1.2 and 2.1). Keys may come in any order.
/// </summary>
/// <remarks>
/// What is allocated is bounded by the input: a string takes twice its bytes, every other value a fixed size, and there are
/// at most <see cref="NgLimits.MaxElements"/> values in <see cref="NgLimits.MaxDepth"/> levels; a length that is written but not
/// there costs nothing.
/// </remarks>
public static class Bencode
{
    private const int KeptCapacity = 1_024; // requests have fewer

    [ThreadStatic]
    private static List<NgEntry>? _open; // of this thread, for one message after another

    /// <summary>
    /// Reads the dictionary at the start of the bytes; what stands behind it is ignored. Final <c>e</c>s that are missing at
    /// the end of the bytes are taken as written.
    /// </summary>
    /// <returns>Null for what is not a dictionary, or beyond the limits: <see cref="NgErrors.BadBencode"/>.</returns>
    public static NgDictionary? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > NgLimits.MaxLength || bytes[0] != 'd')
        {
            return null;
        }

        List<NgEntry> open = _open ??= new List<NgEntry>(64);
        var reader = new Reader(bytes, open);
        bool isRead = reader.TryReadValue(depth: 0, out NgValue value);
        open.Clear(); // where it could not be read there is something left
        _open = open.Capacity <= KeptCapacity ? open : null;
        return isRead ? value.Dictionary : null;
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes, List<NgEntry> open)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        // Entries of all dictionaries that are open, the innermost last; a list's have no key.
        private readonly List<NgEntry> _open = open;
        private int _position;
        private int _elements;

        public bool TryReadValue(int depth, out NgValue value)
        {
            value = default;
            if (_position == _bytes.Length || ++_elements > NgLimits.MaxElements)
            {
                return false;
            }

            switch (_bytes[_position])
            {
                case (byte)'i':
                    _position++;
                    return TryReadInteger(out value);
                case (byte)'l':
                    return depth < NgLimits.MaxDepth && TryReadList(depth + 1, out value);
                case (byte)'d':
                    return depth < NgLimits.MaxDepth && TryReadDictionary(depth + 1, out value);
                default:
                    if (!TryReadText(out string text))
                    {
                        return false;
                    }

                    value = new NgValue(text);
                    return true;
            }
        }

        private bool TryReadDictionary(int depth, out NgValue value)
        {
            value = default;
            int first = _open.Count;
            _position++;
            while (!IsAtEnd())
            {
                if (!TryReadText(out string key) || !TryReadValue(depth, out NgValue item))
                {
                    return false;
                }

                _open.Add(new NgEntry(key, item));
            }

            value = new NgValue(_open.Count == first
                ? NgDictionary.Empty
                : new NgDictionary(CollectionsMarshal.AsSpan(_open)[first..]));
            _open.RemoveRange(first, _open.Count - first);
            return true;
        }

        private bool TryReadList(int depth, out NgValue value)
        {
            value = default;
            int first = _open.Count;
            _position++;
            while (!IsAtEnd())
            {
                if (!TryReadValue(depth, out NgValue item))
                {
                    return false;
                }

                _open.Add(new NgEntry(string.Empty, item));
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

        private bool IsAtEnd()
        {
            if (_position == _bytes.Length)
            {
                return true;
            }

            if (_bytes[_position] != 'e')
            {
                return false;
            }

            _position++;
            return true;
        }

        // i-0e is nothing anybody should write, but it is read. Beyond 64 bits it is the largest or smallest number.
        private bool TryReadInteger(out NgValue value)
        {
            value = default;
            int end = _bytes[_position..].IndexOf((byte)'e');
            if (end < 0)
            {
                return false;
            }

            ReadOnlySpan<byte> text = _bytes.Slice(_position, end);
            _position += end + 1;
            bool isNegative = text.StartsWith((byte)'-');
            ReadOnlySpan<byte> digits = isNegative ? text[1..] : text;
            if (!AreDigits(digits))
            {
                return false;
            }

            if (!long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out long number))
            {
                number = isNegative ? long.MinValue : long.MaxValue;
            }

            value = new NgValue(number);
            return true;
        }

        private bool TryReadText(out string text)
        {
            text = string.Empty;
            ReadOnlySpan<byte> rest = _bytes[_position..];
            int colon = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (colon < 0 || rest[colon] != ':' || !AreDigits(rest[..colon]) || colon > 5)
            {
                return false; // More than five digits is more than a message holds.
            }

            int length = int.Parse(rest[..colon], System.Globalization.CultureInfo.InvariantCulture);
            rest = rest[(colon + 1)..];
            if (length > rest.Length)
            {
                return false;
            }

            text = Encoding.Latin1.GetString(rest[..length]);
            _position += colon + 1 + length;
            return true;
        }

        // One or more, and no zero in front of others.
        private static bool AreDigits(ReadOnlySpan<byte> text) =>
            !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (text[0] != '0' || text.Length == 1);
    }
}
