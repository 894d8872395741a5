namespace RtpProxy.Relay.Commands;

/// <summary>Where a command wants to go next.</summary>
public enum RunStep
{
    /// <summary>To the thread of the worker <see cref="CommandRun.Worker"/>.</summary>
    OnWorker,

    /// <summary>To any thread that may block: files and names are looked up there.</summary>
    OffWorker,

    /// <summary>The reply is ready.</summary>
    Finished,
}
