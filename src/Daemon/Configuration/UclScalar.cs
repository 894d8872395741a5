using System.Globalization;

namespace RtpProxy.Daemon.Configuration;

/// <summary>A text, number or truth value.</summary>
/// <param name="IsQuoted">It stands in quotation marks, so it is a text whatever it looks like.</param>
internal sealed record UclScalar(string Text, bool IsQuoted) : UclValue
{
    private static readonly string[] TruthValues = ["true", "false", "yes", "no", "on", "off"];

    public bool IsText =>
        IsQuoted
        || !(double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || TruthValues.Contains(Text, StringComparer.OrdinalIgnoreCase));

    /// <summary>The whole number that it is, if it lies in the range; else null.</summary>
    public long? AsInteger(long min, long max)
    {
        return !IsQuoted
            && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number >= min && number <= max
            ? number
            : null;
    }
}
