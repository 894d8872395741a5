namespace RtpProxy.Ctl.Calls;

/// <summary>A history in one line, a character for each value.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Letters = "_.-=+*%#";
    private const char Unknown = ' ';

    /// <param name="values">Oldest first; null is unknown, and left blank.</param>
    /// <param name="least">The value of the lowest character; what is below is as low.</param>
    /// <param name="most">That of the highest.</param>
    /// <param name="hasBlocks">False for terminals whose alphabet has no blocks.</param>
    public static string Draw(IEnumerable<double?> values, double least, double most, bool hasBlocks)
    {
        string levels = hasBlocks ? Blocks : Letters;
        return string.Concat(values.Select(value => value is { } known && double.IsFinite(known) ? levels[LevelOf(known)] : Unknown));

        int LevelOf(double value)
        {
            double share = most > least ? (value - least) / (most - least) : 0;
            return (int)Math.Round(Math.Clamp(share, 0, 1) * (levels.Length - 1));
        }
    }
}
