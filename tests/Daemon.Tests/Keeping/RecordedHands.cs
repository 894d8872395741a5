using RtpProxy.Daemon.Keeping;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>Hands of a keeper that write down what they are told, in short.</summary>
internal sealed class RecordedHands : ISuccessionHands
{
    private readonly List<string> _done = [];

    /// <summary>Why relays cannot be started.</summary>
    public string? StartFault { get; set; }

    public List<SuccessionNews> News { get; } = [];

    /// <summary>What was done since this was asked for last.</summary>
    public string Take()
    {
        string done = string.Join(", ", _done);
        _done.Clear();
        return done;
    }

    /// <summary>What relays were started of, in order.</summary>
    public List<RelayProgram> Programs { get; } = [];

    public string? StartRelay(int relay, RelayProgram program)
    {
        Programs.Add(program);
        _done.Add(StartFault is null ? $"start {relay}" : "start fails");
        return StartFault;
    }

    public void PassOn(int relay) => _done.Add($"pass on {relay}");

    public void PassOnChanges(int relay) => _done.Add($"changes {relay}");

    public void Say(int relay, KeeperMessage message) => _done.Add(message switch
    {
        KeeperMessage.Begin begin => $"{relay}: begin {begin.Start}",
        KeeperMessage.Stop stop => $"{relay}: stop {stop.Signal}{(stop.IsHurried ? " hurry" : "")}",
        KeeperMessage.Told told => $"{relay}: told {(told.IsDone ? "done" : told.Text)}",
        _ => $"{relay}: {message.GetType().Name.ToLowerInvariant()}",
    });

    public void Kill(int relay) => _done.Add($"kill {relay}");

    public void Replace() => _done.Add("replace");

    public void End(int status) => _done.Add($"end {status}");

    public void Tell(SuccessionNews news) => News.Add(news);
}
