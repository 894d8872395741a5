using BenchmarkDotNet.Running;
using RtpProxy.Micro;

BenchmarkSwitcher.FromAssembly(typeof(MicroConfig).Assembly).Run(args, new MicroConfig());
