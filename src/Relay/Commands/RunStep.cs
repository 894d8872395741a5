namespace RtpProxy.Relay.Commands;

/// <summary>Where a command wants to go next.</summary>
public enum RunStep
{
    /// <summary>To the thread of the worker <see cref="CommandRun.Worker"/>.</summary>
    OnWorker,

    /// <summary>To any thread that may block: files are looked up there.</summary>
    OffWorker,

    /// <summary>As <see cref="OffWorker"/>, to ask for the address of a host: a name server that is dead takes its time.</summary>
    LookingUp,

    /// <summary>The reply is ready.</summary>
    Finished,
}
