using System.CommandLine;

namespace RtpProxy.Ctl.Verbs;

/// <summary>How often a view is read anew.</summary>
internal sealed class IntervalOption
{
    private readonly Option<double> _seconds = new("--interval", "-i")
    {
        HelpName = "SECONDS",
        Description = "seconds between readings",
        CustomParser = result => CtlOptions.ReadSeconds(result, 0.1, 86_400),
        DefaultValueFactory = _ => 1,
    };

    public void AddTo(Command verb) => verb.Add(_seconds);

    public TimeSpan Read(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_seconds));
}
