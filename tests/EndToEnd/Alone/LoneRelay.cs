using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Alone;

/// <summary>A daemon of a test's own, commanded by the test itself.</summary>
public sealed class LoneRelay : IAsyncDisposable
{
    private int _calls;

    private LoneRelay(WorkDirectory directory, RelayDaemon daemon, int descriptors) =>
        (Directory, Daemon, IdleDescriptors) = (directory, daemon, descriptors);

    public WorkDirectory Directory { get; }

    public RelayDaemon Daemon { get; }

    /// <summary>What the process held before anything happened.</summary>
    public int IdleDescriptors { get; }

    public static async Task<LoneRelay> StartAsync(string controlKind = "unix", params string[] arguments)
    {
        var directory = new WorkDirectory();
        try
        {
            RelayDaemon daemon = await RelayDaemon.StartAsync("relay", controlKind, directory, arguments);
            return new LoneRelay(directory, daemon, daemon.Descriptors);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public Task<string> AskAsync(string command) => Daemon.AskAsync(command);

    /// <summary>Sets up a session between two new phones, as U and L of a call do.</summary>
    public async Task<LoneCall> CallAsync()
    {
        var call = new LoneCall(this, $"call{Interlocked.Increment(ref _calls)}");
        try
        {
            await call.OfferAsync();
            await call.AnswerAsync();
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>No session, no descriptor more than at the start, no exception in the log, and the daemon still answers.</summary>
    public async Task NothingShouldBeLeftAsync()
    {
        Daemon.Output.ShouldNotContain("Exception");
        (await AskAsync("V")).ShouldBe("20040107");
        (await Daemon.SummaryAsync("active sessions")).ShouldBe(0);
        (await Daemon.SummaryAsync("active streams")).ShouldBe(0);
        await Daemon.DescriptorsFallToAsync(IdleDescriptors);
    }

    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        Directory.Dispose();
    }
}
