namespace RtpProxy.Relay.Operations;

/// <summary>Where an operation wants to go next.</summary>
public enum OperationPlace
{
    /// <summary>To the thread of the worker <see cref="Operation.Worker"/>.</summary>
    OnWorker,

    /// <summary>To any thread that may block: files are looked up there.</summary>
    OffWorker,

    /// <summary>As <see cref="OffWorker"/>, to ask for the address of a host: a name server that is dead takes its time.</summary>
    LookingUp,

    /// <summary>Nowhere: it is carried out, or refused.</summary>
    Finished,
}
