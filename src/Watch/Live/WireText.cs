using System.Text;
using System.Text.Unicode;

namespace RtpProxy.Watch.Live;

/// <summary>
/// Text between people and relays: a person types UTF-8, a relay speaks bytes, which it tells as Latin-1, one character for
/// each byte.
/// </summary>
internal static class WireText
{
    public static string FromTyped(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>What to search for: text that reads as the bytes of UTF-8 was copied from what a relay told; other was typed.</summary>
    public static string OfSearch(string text) => IsOfBytes(text) ? text : FromTyped(text);

    private static bool IsOfBytes(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff') && Utf8.IsValid(Encoding.Latin1.GetBytes(text));
}
