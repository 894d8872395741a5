using System.Globalization;

namespace RtpProxy.Sip;

/// <summary>Why a text could not be read: the place, and what should have been there.</summary>
/// <param name="Offset">
/// Offset of the first character that does not fit, from the start of the text that was parsed.
/// </param>
/// <param name="Expected">What the grammar asks for at that place, in words.</param>
public readonly record struct ParseError(int Offset, string Expected)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"expected {Expected} at offset {Offset}");
}
