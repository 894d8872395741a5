using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RtpProxy.Admin;

/// <summary>Reads a line of an admin socket for one who trusts its writer in nothing, and who may be newer than that.</summary>
public static class ReplyReader
{
    private const int MaxControlReply = 16;

    /// <param name="line">Without its LF.</param>
    /// <param name="reply">What its types say: what a relay of before does not tell is what it is at first.</param>
    /// <param name="problem">What the line is, as in "it sent …", if it is no reply.</param>
    public static bool TryRead(
        in ReadOnlySequence<byte> line, [NotNullWhen(true)] out AdminReply? reply, [NotNullWhen(false)] out string? problem)
    {
        reply = null;
        try
        {
            Utf8JsonReader json = new(line);
            if (JsonSerializer.Deserialize(ref json, ReplyJson.Default.AdminReply) is { } read)
            {
                reply = ReplyDefaults.FillIn(read);
                problem = ReplyCheck.IsWhole(reply) ? null : "a line with parts missing";
                return problem is null;
            }

            problem = "something that is no line of an admin socket";
        }
        catch (JsonException)
        {
            problem = IsOfControlSocket(line)
                ? "what a control socket answers; expected the admin socket (--admin) of an rtpproxy"
                : "something that is no line of an admin socket";
        }

        return false;
    }

    // Our question is no command: E and a number.
    private static bool IsOfControlSocket(in ReadOnlySequence<byte> line)
    {
        if (line.Length is < 2 or > MaxControlReply)
        {
            return false;
        }

        ReadOnlySpan<byte> text = line.ToArray().AsSpan().TrimEnd("\r "u8);
        return text is [(byte)'E', ..] && !text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
