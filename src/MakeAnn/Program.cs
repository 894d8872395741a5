using RtpProxy.MakeAnn;

return new MakeAnnCommand(Console.Out, Console.Error).Run(args);
