namespace RtpProxy.Ctl.Calls;

/// <summary>The verdicts that a relay gives on calls, and what <c>why</c> tells the shell of each.</summary>
internal static class Verdicts
{
    public const string Ok = "ok";
    public const string Waiting = "waiting";
    public const string Held = "held";
    public const string OneWay = "one-way";
    public const string OneWayStopped = "one-way-stopped";
    public const string Silent = "silent";

    /// <summary>What somebody should look at has a code from this on.</summary>
    private const int FirstOfTrouble = 20;

    /// <summary>What a verdict is worth that this program does not know.</summary>
    private const int Unknown = 29;

    // In the order of their weight: of several media of a call the largest counts. Apart from ExitCode's own.
    private static readonly Dictionary<string, int> Codes = new(StringComparer.Ordinal)
    {
        [Ok] = ExitCode.Ok,
        [Waiting] = 10,
        [Held] = 11,
        ["bad-quality"] = 20,
        ["not-rtp"] = 21,
        ["wrong-family"] = 22,
        ["unreachable"] = 23,
        ["private-address"] = 24,
        ["refused"] = 25,
        [OneWayStopped] = 26,
        [OneWay] = 27,
        [Silent] = 28,
    };

    public static IReadOnlyCollection<string> All => Codes.Keys;

    /// <summary>Whether somebody should look at a call.</summary>
    public static bool IsTrouble(string verdict) => verdict is not (Ok or Waiting or Held);

    public static int WeightOf(string verdict) => Codes.GetValueOrDefault(verdict, Unknown);

    /// <param name="trouble">By the relay; a fax of both parties is <c>not-rtp</c> and no trouble.</param>
    public static int ExitCodeOf(string verdict, bool trouble) =>
        WeightOf(verdict) is var code && (trouble || code < FirstOfTrouble) ? code : ExitCode.Ok;
}
