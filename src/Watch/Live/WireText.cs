using System.Text;

namespace RtpProxy.Watch.Live;

/// <summary>
/// Text between people and relays: a person types UTF-8, a relay speaks bytes, which it tells as Latin-1, one character for
/// each byte.
/// </summary>
internal static class WireText
{
    public static string FromTyped(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// What to search for, one after the other until something is found: the text as it was typed, and then as a copy of what a
    /// relay told, which may begin or end within a character.
    /// </summary>
    public static IReadOnlyList<string?> ReadingsOf(string? text)
    {
        if (text is null || Ascii.IsValid(text))
        {
            return [text];
        }

        return text.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff') ? [FromTyped(text)] : [FromTyped(text), text];
    }
}
