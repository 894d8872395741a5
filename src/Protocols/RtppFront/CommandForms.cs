using System.Buffers;
using RtpProxy.Protocols.Rtpp.Grammar;
using RtpProxy.Protocols.Rtpp.Parsing;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>
/// Tells commands from what other programs send to a port that is not theirs (control protocol, section 1.5). A web page can
/// make a browser send a <c>POST</c> to any port of this machine, and decides about whole lines of it.
/// </summary>
public static class CommandForms
{
    private static readonly SearchValues<byte> Versions = SearchValues.Create("0123456789."u8);

    /// <param name="line">Borrowed for the call. Any bytes, without the LF.</param>
    public static CommandForm Of(ReadOnlySpan<byte> line)
    {
        int position = 0;
        if (!Separators.TryNextWord(line, ref position, out Range first))
        {
            return CommandForm.Empty;
        }

        Range second = default;
        Range last = first;
        while (Separators.TryNextWord(line, ref position, out Range word))
        {
            second = last.Equals(first) ? word : second;
            last = word;
        }

        if (!last.Equals(first) && IsProtocolVersion(line[last]))
        {
            return CommandForm.OtherProtocol;
        }

        bool isCommand = !line.Contains((byte)0)
            && (IsCommandWord(line[first]) || (IsCookie(line[first]) && !line[second].IsEmpty && IsCommandWord(line[second])));
        return isCommand ? CommandForm.Command : CommandForm.NoCommand;
    }

    /// <summary>A controller that takes the stream for a datagram socket: wrong, but a controller.</summary>
    private static bool IsCookie(ReadOnlySpan<byte> word) => word.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;

    private static bool IsCommandWord(ReadOnlySpan<byte> word) =>
        CommandTable.Find(word) is { } grammar
        && (word.Length == grammar.Name.Length || grammar.MayHave(word[grammar.Name.Length..]));

    // "HTTP/1.1", "SIP/2.0", "RTSP/1.0" at the end of a line with several words (RFC 9112 section 3, RFC 3261 section 7.1).
    private static bool IsProtocolVersion(ReadOnlySpan<byte> word)
    {
        int slash = word.IndexOf((byte)'/');
        if (slash < 1 || slash == word.Length - 1 || !char.IsAsciiDigit((char)word[slash + 1]))
        {
            return false;
        }

        foreach (byte letter in word[..slash])
        {
            if (!char.IsAsciiLetterUpper((char)letter))
            {
                return false;
            }
        }

        return word[(slash + 1)..].IndexOfAnyExcept(Versions) < 0;
    }
}
