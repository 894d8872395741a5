using System.Text;

namespace RtpProxy.Ctl;

/// <summary>
/// Text between people and nodes: a terminal speaks UTF-8, a node speaks bytes, which our commands hold as Latin-1, one
/// character for each byte.
/// </summary>
internal static class WireText
{
    public static string FromTyped(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static string ToShown(string wire) =>
        wire.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff') ? wire : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(wire));
}
