using System.Text.Json;
using RtpProxy.Admin;

namespace RtpProxy.Hosting.Admin;

/// <summary>Makes replies lines.</summary>
internal static class ReplyLines
{
    /// <summary>
    /// The line with its LF. Controllers may give calls and parties names of many hundred bytes: where the sessions of a reply do
    /// not fit into a line, it has fewer of them.
    /// </summary>
    public static byte[] Of(AdminReply reply)
    {
        while (true)
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(reply, AdminJson.Default.AdminReply);
            if (json.Length < AdminWords.MaxReplyLength || !TryShorten(ref reply))
            {
                return [.. json, (byte)'\n'];
            }
        }
    }

    private static bool TryShorten(ref AdminReply reply)
    {
        switch (reply)
        {
            case { Sessions: { Rows.Count: > 1 } page }:
                reply = reply with { Sessions = page with { Rows = [.. page.Rows.Take(page.Rows.Count / 2)] } };
                return true;
            case { Session: { Count: > 1 } sessions }:
                reply = reply with { Session = [.. sessions.Take(sessions.Count / 2)] };
                return true;
            default:
                return false;
        }
    }
}
