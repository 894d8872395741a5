using Spectre.Console;

namespace RtpProxy.ExtractAudio;

/// <summary>A bar on the terminal that standard error is.</summary>
internal sealed class TerminalProgressDisplay(TextWriter errors) : IProgressDisplay
{
    private const int Steps = 1_000;

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(errors),
    });

    public void Run(string title, long total, Action<Action<long>> stage)
    {
        _console.Progress().Start(context =>
        {
            ProgressTask task = context.AddTask(title, maxValue: Steps);
            long shown = 0;
            stage(done =>
            {
                long step = total == 0 ? Steps : done * Steps / total;
                if (step != shown)
                {
                    shown = step;
                    task.Value = step;
                }
            });
            task.Value = Steps;
        });
    }
}
