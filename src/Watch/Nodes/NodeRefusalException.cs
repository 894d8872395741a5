using RtpProxy.Admin;

namespace RtpProxy.Watch.Nodes;

/// <summary>A relay answered that it does not carry out a request.</summary>
internal sealed class NodeRefusalException(AdminFault fault) : Exception(fault.Text)
{
    public string Code => fault.Code;
}
