using RtpProxy.SipEdge;
using RtpProxy.SipEdge.Hosting;

return await new EdgeProgram(new NoRelayHost(), TimeProvider.System, Console.Out, Console.Error).RunAsync(args);
