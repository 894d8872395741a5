using RtpProxy.SipEdge;
using RtpProxy.SipEdge.Hosting;

return await new EdgeProgram(new InProcessRelayHost(), TimeProvider.System, Console.Out, Console.Error).RunAsync(args);
