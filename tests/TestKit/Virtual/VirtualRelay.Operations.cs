using RtpProxy.Relay.Operations;

namespace RtpProxy.TestKit.Virtual;

/// <content>Operations that no protocol stands in front of.</content>
public sealed partial class VirtualRelay
{
    /// <summary>Carries an operation out.</summary>
    public T Ask<T>(T operation)
        where T : Operation
    {
        ArgumentNullException.ThrowIfNull(operation);
        Carry(operation);
        return operation;
    }

    /// <summary>Carries a command to its end, through all that it has to do on workers and off them.</summary>
    public void Carry(IErrand errand)
    {
        while (errand.Next != OperationPlace.Finished)
        {
            if (errand.Next == OperationPlace.OnWorker)
            {
                Visit(errand);
            }
            else
            {
                errand.RunOffWorker();
            }

            EndStep();
        }
    }
}
