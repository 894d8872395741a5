using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>
/// A value of a message: integer, string, list or dictionary (ng protocol, 2.1). Immutable. A string holds bytes one to
/// one, each as the character of the same number (Latin-1): session descriptions and tags need not be UTF-8.
/// </summary>
public readonly struct NgValue : IEquatable<NgValue>
{
    private static readonly object NumberMark = new();
    private readonly object? _content;
    private readonly long _number;

    public NgValue(long number)
    {
        _content = NumberMark;
        _number = number;
    }

    /// <param name="text">Characters up to U+00FF.</param>
    public NgValue(string text) => _content = text;

    public NgValue(ImmutableArray<NgValue> items) => _content = ImmutableCollectionsMarshal.AsArray(items) ?? [];

    public NgValue(NgDictionary dictionary) => _content = dictionary;

    public NgValueKind Kind => _content switch
    {
        null => NgValueKind.None,
        string => NgValueKind.Text,
        NgValue[] => NgValueKind.List,
        NgDictionary => NgValueKind.Dictionary,
        _ => NgValueKind.Number,
    };

    /// <summary>The string; null for any other kind.</summary>
    public string? Text => _content as string;

    /// <summary>The dictionary; null for any other kind.</summary>
    public NgDictionary? Dictionary => _content as NgDictionary;

    /// <summary>The values of a list; a string or integer where a list is expected is a list of one (2.3).</summary>
    public ImmutableArray<NgValue> Items => _content switch
    {
        NgValue[] items => ImmutableCollectionsMarshal.AsImmutableArray(items),
        null or NgDictionary => [],
        _ => [this],
    };

    /// <summary>
    /// The number: an integer, or a string of decimal digits (2.2). Null for anything else. What is beyond 64 bits is the
    /// nearest number within.
    /// </summary>
    public long? Number => _content switch
    {
        string text => ParseNumber(text),
        { } content when content == NumberMark => _number,
        _ => null,
    };

    public bool Equals(NgValue other) => (_content, other._content) switch
    {
        (string text, string otherText) => text == otherText,
        (NgValue[] items, NgValue[] otherItems) => items.AsSpan().SequenceEqual(otherItems),
        (NgDictionary dictionary, NgDictionary otherDictionary) => dictionary.Equals(otherDictionary),
        _ => _content == other._content && _number == other._number,
    };

    public override bool Equals(object? obj) => obj is NgValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, _number, Text);

    public static bool operator ==(NgValue left, NgValue right) => left.Equals(right);

    public static bool operator !=(NgValue left, NgValue right) => !left.Equals(right);

    private static long? ParseNumber(string text)
    {
        bool isNegative = text.StartsWith('-');
        ReadOnlySpan<char> digits = text.AsSpan(isNegative ? 1 : 0);
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : isNegative ? long.MinValue : long.MaxValue;
    }
}
