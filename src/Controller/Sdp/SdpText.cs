namespace RtpProxy.Controller.Sdp;

/// <summary>Texts of the program that are to stand in a line of SDP or of a command, and must not become another one.</summary>
internal static class SdpText
{
    /// <exception cref="ArgumentException">It is more than one line.</exception>
    public static string OneLine(string value) => value.AsSpan().IndexOfAny("\r\n\0") < 0
        ? value
        : throw new ArgumentException("expected one line, without line ends and NUL", nameof(value));

    /// <exception cref="ArgumentException">It is empty, or has blanks or control characters in it.</exception>
    public static string OneWord(string value) => value.Length > 0 && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        ? value
        : throw new ArgumentException($"expected one word, without blanks and control characters, not '{value}'", nameof(value));
}
