using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// The port pairs that a subscription needs: one of each line that is new, and another one for a line that is to leave from another
/// address. All are opened before anything changes.
/// </summary>
internal sealed class SubscriberPorts
{
    private readonly List<(int Index, PortPair Ports)> _lines = [];
    private readonly OperationContext _context;
    private readonly CallSubscribeRequest _request;
    private readonly LocalAddress _address;

    private SubscriberPorts(OperationContext context, CallSubscribeRequest request, LocalAddress address)
    {
        _context = context;
        _request = request;
        _address = address;
    }

    /// <returns>Null, and nothing is left open, when one cannot be had.</returns>
    public static SubscriberPorts? TryReserve(
        RelayWorker worker, OperationContext context, Call call, Subscription subscription, CallSubscribeRequest request)
    {
        // Further lines are where the first is.
        Session? first = worker.Calls.SessionsOf(call).Find(session => session.Line.Association == subscription.Number);
        var ports = new SubscriberPorts(context, request, request.Toward ?? first?.Callee.Local ?? context.Addresses.Default);
        for (int i = 0; i < subscription.Lines.Length; i++)
        {
            Leg? leg = worker.Calls.Find(call, subscription.Number, i)?.Callee;
            bool isThere = leg is not null && (request.Toward is not { } asked || leg.Local.Address.Equals(asked.Address));
            if (isThere || !subscription.Lines[i].IsOffered)
            {
                continue;
            }

            if (!worker.Ports.TryReserve(call.CallId, ports._address, request.Tos, out PortPair pair))
            {
                ports.Release(worker);
                return null;
            }

            ports._lines.Add((i, pair));
        }

        return ports;
    }

    /// <summary>The lines are made, and those that are get their new ports.</summary>
    public void Use(RelayWorker worker, Call call, Subscription subscription, string tag, Instant now)
    {
        foreach ((int index, PortPair pair) in _lines)
        {
            if (worker.Calls.Find(call, subscription.Number, index) is { } session)
            {
                session.Callee.Local = _address;
                worker.Ports.Give(session.Callee, pair);
            }
            else
            {
                session = worker.Life.CreateLine(
                    call, new LinePlace(subscription.Number, index), LineTags.Of(tag, index), _address, _address, callerPorts: null, pair, now);
                session.CommandNumber = _context.TakeNumber();
            }

            session.Callee.Tos = _request.Tos ?? session.Callee.Tos;
            _context.Addresses.Remember(_address);
        }
    }

    private void Release(RelayWorker worker)
    {
        foreach ((_, PortPair pair) in _lines)
        {
            worker.Ports.Release(pair);
        }
    }
}
