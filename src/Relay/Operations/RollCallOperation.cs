namespace RtpProxy.Relay.Operations;

/// <summary>Visits every worker in turn and asks nothing of it: once it is finished, all of them still do what they are told.</summary>
public sealed class RollCallOperation : Operation
{
    private readonly OperationContext _context;

    internal RollCallOperation(OperationContext context)
    {
        _context = context;
        BeginAt(Step.On(0, Answer));
    }

    private Step Answer(RelayWorker worker, Instant now) => Step.OnNext(worker, _context, Answer) ?? Step.Done;
}
