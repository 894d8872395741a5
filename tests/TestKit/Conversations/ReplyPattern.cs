using System.Globalization;
using System.Text;

namespace RtpProxy.TestKit.Conversations;

/// <summary>
/// What a reply must look like: the <c>&lt;</c> lines after a request, each of which stands for its text and an LF.
/// Immutable and thread-safe.
/// </summary>
public sealed class ReplyPattern
{
    private readonly IReadOnlyList<ReplyPart> _parts;

    private ReplyPattern(string text, IReadOnlyList<ReplyPart> parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The lines as they are written in the file.</summary>
    public string Text { get; }

    /// <exception cref="FormatException">An escape or a placeholder is malformed.</exception>
    public static ReplyPattern Parse(params IReadOnlyList<string> lines) =>
        new(string.Join('\n', lines), ReplyPart.ParseLines(lines));

    /// <summary>
    /// Compares a whole reply, final LF included, and names the ports that are new in it if it matches.
    /// </summary>
    /// <param name="lateSeconds">How many whole seconds a time-to-live may be behind; 0 in virtual time.</param>
    public bool Matches(ReadOnlySpan<byte> reply, PortNames names, int lateSeconds = 0) =>
        Explain(reply, names, lateSeconds) is null;

    /// <summary>As <see cref="Matches"/>, saying what is wrong; null when the reply matches.</summary>
    public string? Explain(ReadOnlySpan<byte> reply, PortNames names, int lateSeconds = 0)
    {
        ArgumentNullException.ThrowIfNull(names);
        var found = new Dictionary<string, ushort>(StringComparer.Ordinal);
        ReadOnlySpan<byte> rest = reply;
        foreach (ReplyPart part in _parts)
        {
            string? fault = part switch
            {
                ReplyPart.Literal literal => TakeLiteral(ref rest, literal.Bytes),
                ReplyPart.Port port => TakePort(ref rest, port, names, found),
                ReplyPart.Ttl ttl => TakeTtl(ref rest, ttl.Seconds, lateSeconds),
                _ => throw new InvalidOperationException($"No rule for {part}."),
            };
            if (fault is not null)
            {
                return Fault(fault, reply, reply.Length - rest.Length);
            }
        }

        if (!rest.IsEmpty)
        {
            return Fault("expected the end", reply, reply.Length - rest.Length);
        }

        foreach ((string name, ushort port) in found)
        {
            names.Set(name, port);
        }

        return null;
    }

    public override string ToString() => Text;

    private static string? TakeLiteral(ref ReadOnlySpan<byte> rest, byte[] bytes)
    {
        if (!rest.StartsWith(bytes))
        {
            return $"expected {Show(bytes)}";
        }

        rest = rest[bytes.Length..];
        return null;
    }

    private static string? TakePort(
        ref ReadOnlySpan<byte> rest,
        ReplyPart.Port pattern,
        PortNames names,
        Dictionary<string, ushort> found)
    {
        if (!TryTakeNumber(ref rest, out int number) || number > ushort.MaxValue || !names.Range.Contains((ushort)number))
        {
            return $"expected {pattern.Name}, an even port in {names.Range}";
        }

        var port = (ushort)number;
        if (IsNamed(pattern.Name, out ushort known) && known != port)
        {
            return $"expected {pattern.Name}, which is {known}";
        }

        if (pattern.OtherThan is { } other && IsNamed(other, out known) && known == port)
        {
            return $"expected another port than {other}, which is {known}";
        }

        found[pattern.Name] = port;
        return null;

        bool IsNamed(string name, out ushort value) => found.TryGetValue(name, out value) || names.TryGet(name, out value);
    }

    private static string? TakeTtl(ref ReadOnlySpan<byte> rest, int seconds, int lateSeconds)
    {
        bool isNumber = TryTakeNumber(ref rest, out int number);
        return isNumber && number <= seconds && number >= seconds - lateSeconds
            ? null
            : $"expected {seconds} seconds, at most {lateSeconds} fewer";
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> rest, out int number)
    {
        int digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        ReadOnlySpan<byte> text = digits < 0 ? rest : rest[..digits];
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        rest = rest[text.Length..];
        return true;
    }

    private static string Fault(string fault, ReadOnlySpan<byte> reply, int offset) =>
        $"{fault} at byte {offset} of the reply {Show(reply)}";

    private static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (byte value in bytes)
        {
            text.Append(value switch
            {
                (byte)'\n' => @"\n",
                (byte)'\\' => @"\\",
                >= (byte)' ' and < 0x7F => ((char)value).ToString(),
                _ => $@"\x{value:X2}",
            });
        }

        return text.Append('"').ToString();
    }
}
