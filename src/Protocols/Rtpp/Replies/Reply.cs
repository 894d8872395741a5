using System.Globalization;
using System.Text;

namespace RtpProxy.Protocols.Rtpp.Replies;

/// <summary>
/// A reply as a controller reads it. What it means depends on the command (<c>0</c> is success after <c>D</c>, "no such
/// session" after <c>L</c>, a value after <c>G</c>), so this gives views of one text: error, port, numbers, names, lines.
/// </summary>
/// <remarks>
/// As tolerant as Kamailio's module: words may be parted by any blanks, the LF may be missing or a CR LF, and what follows
/// the expected words is ignored. Immutable; every text is Latin-1, one character for each byte.
/// </remarks>
internal sealed class Reply
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    private readonly string[] _words;

    private Reply(string text, string[] words, IReadOnlyList<SubCommandResult> subCommandResults)
    {
        Text = text;
        _words = words;
        SubCommandResults = subCommandResults;
    }

    /// <summary>The reply without cookie, as it came.</summary>
    public string Text { get; }

    /// <summary>
    /// The words of the main command's result; none for the empty line that a <c>G</c> without names gets.
    /// </summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>What the sub-commands returned; silent successes at the end of the list are not in it.</summary>
    public IReadOnlyList<SubCommandResult> SubCommandResults { get; }

    /// <summary>The non-empty lines, for <c>I</c>.</summary>
    public IReadOnlyList<string> Lines =>
        Text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The reply is <c>0</c>: success of commands without a value, "no such session" of <c>L</c>.</summary>
    public bool IsZero => _words is ["0"];

    /// <summary>The first word begins with <c>E</c>, whatever follows.</summary>
    public bool IsError => _words is [['E', ..], ..];

    /// <summary>The number behind the <c>E</c>; null if this is no error or has no number.</summary>
    public int? ErrorNumber =>
        IsError && int.TryParse(_words[0].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    /// <summary>
    /// <see cref="ErrorNumber"/> as this protocol names it; <see cref="ErrorCode.None"/> for all others.
    /// </summary>
    public ErrorCode Error => ErrorNumber is { } number && Enum.IsDefined((ErrorCode)number) ? (ErrorCode)number : ErrorCode.None;

    /// <summary>Reads the bytes of a reply without its cookie.</summary>
    /// <returns>False if there are none: the peer closed without an answer.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Reply? reply) =>
        TryParse(Encoding.Latin1.GetString(bytes), out reply);

    /// <summary>Reads a reply without its cookie.</summary>
    /// <returns>False if it is empty: the peer closed without an answer.</returns>
    public static bool TryParse(string text, out Reply? reply)
    {
        ArgumentNullException.ThrowIfNull(text);
        reply = null;
        if (text.Length == 0)
        {
            return false;
        }

        string[] words = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        int end = Array.IndexOf(words, "&&");
        reply = end < 0
            ? new Reply(text, words, [])
            : new Reply(text, words[..end], ReadSubCommandResults(words.AsSpan(end)));
        return true;
    }

    /// <summary>The answer of <c>U</c>, <c>L</c> and <c>Cp</c>: a number in 1..65535, and perhaps an address.</summary>
    public bool TryGetPort(out PortReply port)
    {
        port = default;
        if (_words.Length == 0)
        {
            return false;
        }

        ReadOnlySpan<char> first = _words[0];
        int digits = first.IndexOfAnyExceptInRange('0', '9');
        if (!ushort.TryParse(
                digits < 0 ? first : first[..digits],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out ushort number)
            || number == 0)
        {
            return false;
        }

        port = new PortReply(
            number,
            _words.Length > 1 ? _words[1] : null,
            _words.Length > 2 && _words[2].StartsWith('6'));
        return true;
    }

    /// <summary>The answer of <c>Q</c> and <c>G</c> without names shown: decimal numbers and nothing else.</summary>
    public bool TryGetNumbers(out IReadOnlyList<decimal> numbers)
    {
        var values = new decimal[_words.Length];
        numbers = values;
        for (int i = 0; i < values.Length; i++)
        {
            const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
            if (!decimal.TryParse(_words[i], Style, CultureInfo.InvariantCulture, out values[i]))
            {
                numbers = [];
                return false;
            }
        }

        return values.Length > 0;
    }

    /// <summary>
    /// The answer of <c>Qv</c> and <c>Gv</c>: <c>name=value</c> in the order asked; a name may come twice.
    /// </summary>
    public bool TryGetNamedValues(out IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var pairs = new KeyValuePair<string, string>[_words.Length];
        values = pairs;
        for (int i = 0; i < pairs.Length; i++)
        {
            int equals = _words[i].IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                values = [];
                return false;
            }

            pairs[i] = new(_words[i][..equals], _words[i][(equals + 1)..]);
        }

        return pairs.Length > 0;
    }

    private static List<SubCommandResult> ReadSubCommandResults(ReadOnlySpan<string> words)
    {
        var results = new List<SubCommandResult>();
        while (!words.IsEmpty)
        {
            words = words[1..];
            int end = words.IndexOf("&&");
            ReadOnlySpan<string> result = end < 0 ? words : words[..end];
            results.Add(new SubCommandResult(string.Join(' ', result.ToArray())));
            words = words[result.Length..];
        }

        return results;
    }
}
