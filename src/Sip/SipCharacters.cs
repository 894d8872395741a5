using System.Buffers;

namespace RtpProxy.Sip;

/// <summary>Character classes of RFC 3261 section 25.1.</summary>
internal static class SipCharacters
{
    /// <summary><c>token</c>: letters, digits and <c>-.!%*_+`'~</c>.</summary>
    public static SearchValues<char> Token { get; } =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.!%*_+`'~");

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    public static bool IsBlank(char c) => c is ' ' or '\t';

    public static bool IsLineEnd(char c) => c is '\r' or '\n';

    /// <summary>Linear white space, which folding makes of a line end.</summary>
    public static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';
}
