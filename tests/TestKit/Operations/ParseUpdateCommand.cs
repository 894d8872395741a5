using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.TestKit.Operations;

/// <summary>A <c>U</c> as Kamailio sends it becomes a record. The control path may allocate: what it keeps, and little more.</summary>
public sealed class ParseUpdateCommand : IOperation
{
    private readonly CommandParser _parser = new(new VirtualNames());
    private readonly byte[] _line =
        "Uc8,0,18,101 2d8bf6a0-7c5e4d@192.0.2.10 192.0.2.10 40000 a73kszlfl;1"u8.ToArray();

    public Command? Last { get; private set; }

    public void Run()
    {
        Last = _parser.Parse(_line).Command;
    }
}
