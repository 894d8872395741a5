using RtpProxy.Io.Posix.Getopt;

namespace RtpProxy.Daemon.Options;

/// <summary>Every option, as getopt_long(3) wants to know them.</summary>
internal static class OptionTable
{
    /// <summary>A colon after a letter: it takes an argument.</summary>
    public const string Letters = "26:A:abCc:Dd:FfiL:l:M:m:n:Pp:Rr:S:s:T:t:u:VvW:w:";

    // Codes of the long options, above all letters.
    public const int BridgeSymmetric = 256;
    public const int Config = 257;
    public const int Dso = 258;
    public const int ForceAsymmetric = 259;
    public const int Help = 260;
    public const int Nice = 261;
    public const int NoRedirect = 262;
    public const int NoResolve = 263;
    public const int OverloadProtection = 264;
    public const int Version = 265;
    public const int Workers = 266;
    public const int JitterBuffer = 290;
    public const int AllowMediaTo = 267;
    public const int Admin = 268;
    public const int Dtmf = 269;
    public const int LogDigits = 270;
    public const int Http = 271;
    public const int HttpToken = 272;
    public const int HttpHost = 273;
    public const int Otlp = 274;
    public const int Hep = 275;
    public const int HepId = 276;
    public const int HepReport = 277;
    public const int Cdr = 278;

    public static IReadOnlyList<LongOption> LongOptions { get; } =
    [
        new("admin", ArgumentRule.Required, Admin),
        new("allow-media-to", ArgumentRule.Required, AllowMediaTo),
        new("bridge_symmetric", ArgumentRule.None, BridgeSymmetric),
        new("cdr", ArgumentRule.Required, Cdr),
        new("config", ArgumentRule.Required, Config),
        new("dso", ArgumentRule.Required, Dso),
        new("dtmf", ArgumentRule.Optional, Dtmf),
        new("force_asymmetric", ArgumentRule.None, ForceAsymmetric),
        new("hep", ArgumentRule.Required, Hep),
        new("hep-id", ArgumentRule.Required, HepId),
        new("hep-report", ArgumentRule.Required, HepReport),
        new("help", ArgumentRule.None, Help),
        new("http", ArgumentRule.Required, Http),
        new("http-host", ArgumentRule.Required, HttpHost),
        new("http-token", ArgumentRule.Required, HttpToken),
        new("jitter-buffer", ArgumentRule.Required, JitterBuffer),
        new("log-digits", ArgumentRule.None, LogDigits),
        new("nice", ArgumentRule.Required, Nice),
        new("no_redirect", ArgumentRule.None, NoRedirect),
        new("no_resolve", ArgumentRule.None, NoResolve),
        new("otlp", ArgumentRule.Required, Otlp),
        new("overload_prot", ArgumentRule.Optional, OverloadProtection),
        new("version", ArgumentRule.None, Version),
        new("workers", ArgumentRule.Required, Workers),
    ];
}
