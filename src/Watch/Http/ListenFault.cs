using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace RtpProxy.Watch.Http;

/// <summary>Why an address cannot be listened at, for people.</summary>
internal static class ListenFault
{
    /// <param name="fault">As the web server throws it.</param>
    /// <returns>What is wrong, and what was expected.</returns>
    public static string Explain(Exception fault) => fault switch
    {
        { InnerException: AddressInUseException } => "the port is in use; expected one that is free",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            "this host has no such address; expected one of its own",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"the user {Environment.UserName} may not listen at this port; expected one from 1024 on, or CAP_NET_BIND_SERVICE",
        _ => $"cannot listen there: {fault.Message}",
    };
}
